"""Plants faults in copies of the whole, and asks whether the evaluation suite notices each and names the right part."""
