"""What is going on: the home page by role, the round's live board, the missing list, the closing report. Reads only.

Every figure is a door: it opens the list it counts, and the list opens the household. Opening, planning and closing
are asked for here and done by the services of `rounds` and `planning`.

Serves R97, R107 (waits), R116, R121, R129, R130 (gaps by compound, building and door), R234, R255 (drill-down).
"""
