"""The pages of a draft: one a step, one to look at everything and open the round, and two that print."""
