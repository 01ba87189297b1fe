# Prints zsh's completions for a line: zsh -f offered.zsh LINE
#
# zsh only completes a line that is being edited, so a shell behind a pseudoterminal edits one.
zmodload zsh/zpty
zpty offering zsh -f -i
offer() { zpty -w offering "$1"; }
offer 'PROMPT= RPS1= ; stty -echo -onlcr; autoload -Uz compinit; compinit -u -D; source completions.zsh'
offer "zstyle ':completion:*' list-colors; zstyle ':completion:*' verbose no; LISTMAX=1000; setopt nobeep"
# The completions are printed between two marks instead of being listed.
offer 'compadd() { builtin compadd -O offered "$@"; print -r -- "<${(j:|:)offered}>"; builtin compadd "$@" }'
offer 'ask() { BUFFER=$line; CURSOR=$#line; zle complete-word; print -r -- "END"; zle send-break }; zle -N ask; bindkey "^T" ask'
offer "line=${(q)1}"
sleep 1
zpty -w -n offering $'\x14'
text=
for (( tries = 0; tries < 100; tries++ )); do
  while zpty -r -t offering piece; do text+=$piece; done
  [[ $text == *$'\nEND'* || $text == *'END'$'\r'* ]] && break
  sleep 0.1
done
zpty -d offering
# The typed lines are echoed too, so only marked lines are printed.
print -rl -- ${(M)${(f)text}:#*'<'*'>'*}
