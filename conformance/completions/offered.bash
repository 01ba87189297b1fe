# Prints bash's completions for a line: bash offered.bash LINE
source completions.bash
COMP_LINE=$1
COMP_POINT=${#COMP_LINE}
COMP_TYPE=9
read -ra COMP_WORDS <<<"$COMP_LINE"
# A space at the end begins a new word.
[[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
registered=$(complete -p kate-errors)
function=${registered##*-F }
function=${function%% *}
"$function" kate-errors "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
