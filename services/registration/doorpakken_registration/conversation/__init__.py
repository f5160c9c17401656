"""What people talk about at tables: personas, insights, paper cards and wishes."""
