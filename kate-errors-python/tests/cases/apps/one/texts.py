GONE = "Gone from the first app"
