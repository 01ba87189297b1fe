# Prints bash's completions for a line: bash offered.bash LINE
source completions.bash
COMP_LINE=$1
COMP_POINT=${#COMP_LINE}
COMP_TYPE=9
# Bash splits words at `:` and `=` too.
read -ra COMP_WORDS <<<"$(sed 's/[:=]/ & /g' <<<"$COMP_LINE")"
# A space at the end begins a new word.
[[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
registered=$(complete -p kate-errors)
function=${registered##*-F }
function=${function%% *}
"$function" kate-errors "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
# Completions are inserted into the line: what matters are the words that bash reads from it.
eval "printf '%s\n' ${COMPREPLY[*]}"
