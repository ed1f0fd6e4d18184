"""What is read of rounds: plain frozen data, the same number of queries whatever the size of the round."""
