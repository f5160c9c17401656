"""People and organisations over all gatherings: staff find, change and merge them."""
