"""What is going on: the home page by role, the round's live board, the closing report. Reads only.

Serves R97, R107 (waits), R121, R129, R130 (gaps by compound, building and door), R234, R255 (drill-down).
"""
