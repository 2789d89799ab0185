" Vim with ALE and what docs/editors.md says, run by .ci/lsp: SETUP=… FOLDER=… vim -es -u NONE -S ale.vim
set nocompatible hidden
packadd ale
filetype plugin on
let s:failed = 0
let s:log = []

function! s:Expect(what, ok, got) abort
  call add(s:log, (a:ok ? 'ok   ' : 'FAIL ') . a:what . (a:ok ? '' : ': ' . string(a:got)))
  let s:failed = s:failed || !a:ok
endfunction

function! s:Codes() abort
  return join(map(copy(getloclist(0)), {_, d -> d.lnum . ':' . d.col . ' ' . matchstr(d.text, '\a[a-z-]*')}), ', ')
endfunction

function! s:Settle(want) abort
  for l:i in range(200)
    if s:Codes() =~# a:want
      break
    endif
    sleep 50m
  endfor
  return s:Codes() =~# a:want
endfunction

let g:ale_linters_explicit = 1
let g:ale_set_loclist = 1
let g:ale_echo_msg_format = '%code%'
let g:ale_loclist_msg_format = '%code%: %s'
let g:ale_lint_delay = 0
execute 'source' fnameescape($SETUP)
let g:ale_linters = {'toml': ['loonglint']}

execute 'edit' fnameescape($FOLDER . '/loong.toml')
set filetype=toml
ALEEnable
call ale#Queue(0)
call s:Expect('diagnostics', s:Settle('^4:8 unknown-provider-kind, 6:1 unknown-key$'), getloclist(0))
call setline(4, 'kind = "openai"')
call ale#Queue(0)
call s:Expect('diagnostics after a change', s:Settle('^6:1 unknown-key$'), getloclist(0))
ALEStopAllLSPs
call writefile(s:log, '/dev/stdout')
execute s:failed . 'cquit'
