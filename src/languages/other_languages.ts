/** Names of languages in which no new project can be set up unless a plugin can, as they stand behind "in". */
export const OTHER_LANGUAGES =
  /(?<=\b[Ii]n )(?:(?:Ruby|Java|Kotlin|Scala|Groovy|Clojure|PHP|Perl|Raku|Lua|Haskell|OCaml|Elixir|Erlang|Gleam|Elm|Swift|Dart|Zig|Nim|Julia|Fortran|COBOL|Cobol|Pascal|Ada|Lisp|Common Lisp|Racket|Prolog|Bash|PowerShell|Objective-C|Visual Basic)(?![\w+#-])|[CF]#(?!\w)|C\+\+(?!\w)|[CR](?=\s*(?:$|[.,;:!?)\n])))/g;
