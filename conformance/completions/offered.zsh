# Prints what zsh offers for a line: zsh -f offered.zsh LINE
#
# Completion works in a line that somebody edits alone, so a shell behind a pseudoterminal edits one.
zmodload zsh/zpty
zpty offering zsh -f -i
offer() { zpty -w offering "$1"; }
offer 'PROMPT= RPS1= ; stty -echo -onlcr; autoload -Uz compinit; compinit -u -D; source completions.zsh'
offer "zstyle ':completion:*' list-colors; zstyle ':completion:*' verbose no; LISTMAX=1000; setopt nobeep"
# What is offered is printed between two marks in place of a list.
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
# The lines that somebody typed are echoed too.
print -rl -- ${(M)${(f)text}:#*'<'*'>'*}
