"""The blank form itself, without Django or a database: what its sheets ask for, and how a copy of it is filled.

`reading` opens the file, `layout` finds header, data rows and what stands below, `lexicon` and `conditions` tell what a header
asks for, `marks` what is to be written around the table; `filling` prepares a copy and `rows` writes its rows. Everything that
touches a stranger's file runs in a child process of its own (`process`).
"""
