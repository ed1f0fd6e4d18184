"""What every other app stands on: who acts, what they may see, and what is written down about it.

Owns actors and rights (R24, R26, R49), scope (the community ranges of a query, enforced here and by row-level
security), the audit chain (R1, R7), encryption of identity and phone numbers, jobs, the outbox, the clock and typed
errors.

Terms: an *actor* is a person, a command or a job with its grants; a *right* is what a route or service asks for; a
*scope* is the set of division ranges in which the actor holds that right.
"""
