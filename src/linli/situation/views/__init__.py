"""Pages of the situation: parse, ask a selector or service, render."""
