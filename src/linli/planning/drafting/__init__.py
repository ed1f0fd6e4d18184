"""A round that is prepared step by step before it opens: kept from the first step, and gone on with by whoever may open it."""
