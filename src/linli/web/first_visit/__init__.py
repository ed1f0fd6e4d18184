"""What a phone sees before it trusts this server: the page, without HTTPS, by which it comes to do so, and nothing else."""
