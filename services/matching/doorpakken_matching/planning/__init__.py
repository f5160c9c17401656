"""From what was heard to a plan: inputs, scores, slots and rooms, seats."""
