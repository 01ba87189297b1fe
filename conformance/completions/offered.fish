# Prints fish's completions for a line: fish offered.fish LINE
source completions.fish
complete --do-complete=$argv[1]
