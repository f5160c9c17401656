"""People and organisations over all gatherings, as staff see, change and merge them."""
