"""Opening and planning a round in the background: it takes seconds, and a page answers at once.

What was asked for is kept with a piece of work, so that it can be done, stopped, or corrected and asked for again.
"""
