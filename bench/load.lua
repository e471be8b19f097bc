-- Requests for wrk, made once from the environment: {post}, {author}, {owner}, {category} and {text} are filled in, and
-- {token} is the line of TOKENS that a random user has. Where TENTH_METHOD is set, each tenth request is that of TENTH_...
local filled = {}
local at = 0

local function lines(path)
  local all = {}
  if path and path ~= "" then
    for line in io.lines(path) do all[#all + 1] = line end
  end
  return all
end

local function fill(template, values)
  return (template:gsub("{(%l+)}", values))
end

local function template(prefix)
  local function variable(name) return os.getenv(prefix .. name) or "" end
  local names = {}
  for line in variable("HEADERS"):gmatch("[^\n]+") do
    local name, value = line:match("^([^:]+): (.*)$")
    names[name] = value
  end
  return { method = variable("METHOD"), path = variable("PATH_TEMPLATE"), body = variable("BODY"), headers = names }
end

local function made(from, values)
  local headers = {}
  for name, value in pairs(from.headers) do headers[name] = fill(value, values) end
  local body = from.body ~= "" and fill(from.body, values) or nil
  return wrk.format(from.method, fill(from.path, values), headers, body)
end

function init()
  math.randomseed(tonumber(os.getenv("SEED")))
  local tokens = lines(os.getenv("TOKENS"))
  local usual = template("")
  local tenth = os.getenv("TENTH_METHOD") and template("TENTH_") or usual
  -- Large bodies would fill the memory.
  for i = 1, #usual.body > 10000 and 100 or 10000 do
    filled[i] = made(i % 10 == 0 and tenth or usual, {
      post = math.random(1, 20000),
      author = math.random(1, 2000),
      owner = math.random(1, 100),
      category = math.random(0, 99),
      text = "hello from the benchmark, a message of some length",
      token = tokens[math.random(1, math.max(#tokens, 1))] or "",
    })
  end
end

function request()
  at = at % #filled + 1
  return filled[at]
end
