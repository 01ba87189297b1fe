GONE = "Gone from the second app"
