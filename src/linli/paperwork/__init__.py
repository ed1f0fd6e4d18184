"""Agency forms: the blank spreadsheets that agencies send, filled from the one register instead of by hand.

A form is uploaded once, its columns are recognised as a ledger's are and remembered, and from then on a copy of the agency's
own file is filled for any place, group and day. Serves R232 (statistics replace hand-filled forms) and part of R5.
"""
