
# Bash splits words at `:` and `=` too, replaces what stands behind them alone, and inserts completions as they are.
_kate_errors() {
    local line=${COMP_LINE:0:COMP_POINT} last=$2 words=() at=-1 word
    for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        if [[ $at -lt 0 || $line == [[:space:]]* ]]; then
            at=$((at + 1))
            line=${line#"${line%%[![:space:]]*}"}
        fi
        words[at]=${words[at]-}$word
        line=${line#"$word"}
    done
    local COMP_WORDS=("${words[@]}") COMP_CWORD=$at
    word=${words[at]}
    if [[ $word == [\"\']* ]]; then
        _clap_complete_kate_errors "$1" "${word:1}"
        return
    fi
    _clap_complete_kate_errors "$1" "${word//\\/}"
    for at in "${!COMPREPLY[@]}"; do
        printf -v line %q "${COMPREPLY[at]}"
        COMPREPLY[at]=${line#"${word%"$last"}"}
    done
}
complete -o nospace -o bashdefault -o nosort -F _kate_errors kate-errors 2>/dev/null ||
    complete -o nospace -o bashdefault -F _kate_errors kate-errors
