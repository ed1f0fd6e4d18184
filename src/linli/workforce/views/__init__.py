"""Pages of workforce: who works here, their papers, the phones they share, the doors they come in by."""
