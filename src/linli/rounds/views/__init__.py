"""Pages of rounds: parse, ask a selector or service, render."""
