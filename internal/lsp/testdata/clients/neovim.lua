-- Neovim 0.11 with what it has built in and docs/editors.md says, run by .ci/lsp:
-- SETUP=… FOLDER=… nvim --clean --headless -l neovim.lua
local path = vim.env.FOLDER .. "/loong.toml"
local failed = false

local function expect(what, ok, got)
  print((ok and "ok   " or "FAIL ") .. what .. (ok and "" or ": " .. vim.inspect(got)))
  failed = failed or not ok
end

local function codes()
  local list = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    table.insert(list, d.lnum .. " " .. tostring(d.code))
  end
  table.sort(list)
  return table.concat(list, ", ")
end

local function settle(want)
  vim.wait(10000, function() return codes() == want end, 20)
  return codes()
end

-- Makes the action of a place whose title begins so.
local function act(line, character, title)
  vim.api.nvim_win_set_cursor(0, { line + 1, character })
  local done = false
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(a)
      local is = vim.startswith(a.title, title)
      done = done or is
      return is
    end,
  })
  vim.wait(10000, function() return done end, 20)
  vim.wait(100)
end

dofile(vim.env.SETUP)
vim.cmd.edit(path)
vim.bo.filetype = "toml"
local client
vim.wait(10000, function()
  client = vim.lsp.get_clients({ bufnr = 0 })[1]
  return client and client.initialized
end, 20)
expect("encoding", client.offset_encoding == "utf-8", client.offset_encoding)

local before = "3 unknown-provider-kind, 5 unknown-key"
expect("diagnostics", settle(before) == before, codes())
local first = vim.diagnostic.get(0, { lnum = 3 })[1]
expect("place after characters of four bytes", first.col == 7 and first.end_col == 15, first)

act(3, 9, "Write openai")
expect("quick fix", vim.api.nvim_buf_get_lines(0, 3, 4, false)[1] == 'kind = "openai"', vim.api.nvim_buf_get_lines(0, 3, 4, false))
expect("diagnostics after it", settle("5 unknown-key") == "5 unknown-key", codes())

act(5, 0, "Ignore unknown-key")
local line = vim.api.nvim_buf_get_lines(0, 5, 6, false)[1]
expect("ignore", line == "modle = 1 # loonglint: ignore[unknown-key] ", line)
vim.api.nvim_buf_set_lines(0, 5, 6, false, { line .. "of the next version" })
expect("nothing is left", settle("") == "", codes())

-- What a request about a place is answered with, as a text.
local function ask(method, line, character)
  vim.api.nvim_win_set_cursor(0, { line + 1, character })
  local reply = client:request_sync(method, vim.lsp.util.make_position_params(0, client.offset_encoding), 10000, 0)
  return vim.inspect(reply and (reply.err or reply.result))
end

local hover = ask("textDocument/hover", 3, 1)
expect("hover", hover:find("kind", 1, true) and hover:find("openai", 1, true), hover)
local completion = ask("textDocument/completion", 3, 8)
expect("completion", completion:find('"anthropic"', 1, true), completion)
local definition = ask("textDocument/definition", 1, 19)
expect("definition", definition:find("line = 2", 1, true), definition)

vim.api.nvim_win_set_cursor(0, { 2, 19 })
vim.lsp.buf.rename("primary")
local function renamed()
  local lines = vim.api.nvim_buf_get_lines(0, 1, 3, false)
  return lines[1] == 'active_provider = "primary"' and lines[2] == "[providers.primary] # 🐉"
end
expect("rename", vim.wait(10000, renamed, 20), vim.api.nvim_buf_get_lines(0, 1, 3, false))

client:stop()
expect("the server ends", vim.wait(10000, function() return client:is_stopped() end, 20), "runs")
os.exit(failed and 1 or 0)
