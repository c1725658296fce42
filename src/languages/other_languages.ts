/** Names of languages in which no new project can be set up unless a plugin can; those that are words of their own count behind "in" alone. */
export const OTHER_LANGUAGES =
  /\b(?:Haskell|OCaml|Kotlin|Clojure|PHP|Perl|Elixir|Erlang|COBOL|Fortran|PowerShell|Objective-C|Visual Basic)(?![\w+#-])|\b(?:[CF]#|C\+\+)(?!\w)|(?<=\b[Ii]n )(?:Ruby|Java|Scala|Groovy|Raku|Lua|Gleam|Elm|Swift|Dart|Zig|Nim|Julia|Pascal|Ada|Common Lisp|Lisp|Racket|Prolog|Bash|C|R)(?![\w+#-])/g;
