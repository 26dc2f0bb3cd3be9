-- Adds one delta to the figures of a generation: everything or nothing, once.
--
-- ARGV: prefix ("gmv:{7}:<generation>:"), key of the pointer to the live generation, generation,
--       "live" or "shadow", position expected, new position, watermark in ms, delta as MessagePack
-- Returns "ok"; "moved" where another worker was faster, or the generation is no longer the live
-- one; "dirty" where a commit broke off half-way, which only a rebuild can mend.
--
-- Keys below the prefix:
--   head       hash  position, watermark, seconds_from (minute), dirty, overflow
--   seen       hash  16-byte digest of an event -> 4-byte check of its body
--   m:<minute> hash  field -> sum
--   s:<minute> hash  g:<second>, r:<second>, p:<second> -> gross, refunds, payments
--   touched    zset  minute -> ledger position of its last change
--   orders     hash  16-byte digest of an order -> state, MessagePack
--   closed     zset  digest of a closed order -> when it closed, ms
--   pending    hash  second of submission -> open orders
--   keys:<dimension> set; b:<hour> HyperLogLog of buyers
local prefix, pointer, generation, mode = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local expected, position, watermark = ARGV[5], ARGV[6], ARGV[7]
local REMEMBER_CLOSED_MS = 15 * 60000
local CHUNK = 4000 -- arguments a call: Lua's stack holds 8,000

if mode == 'live' and redis.call('GET', pointer) ~= generation then return 'moved' end
local head = prefix .. 'head'
local state = redis.call('HMGET', head, 'position', 'dirty', 'seconds_from')
if state[2] then return 'dirty' end
if (state[1] or '0') ~= expected then return 'moved' end
redis.call('HSET', head, 'dirty', '1')

local delta = cmsgpack.unpack(ARGV[8])

local function many(command, key, list)
  for from = 1, #list, CHUNK do
    redis.call(command, key, unpack(list, from, math.min(from + CHUNK - 1, #list)))
  end
end

-- A sum past 64 bits, which only garbage can reach, stays where it is and is named in the head, so
-- that it does not stop all others; reconcile reports it.
local function add(key, pairs_)
  for i = 1, #pairs_, 2 do
    local sum = redis.pcall('HINCRBY', key, pairs_[i], pairs_[i + 1])
    if type(sum) == 'table' and sum.err then
      if not string.find(sum.err, 'overflow') then return error(sum.err) end
      redis.call('HSET', head, 'overflow', key .. ' ' .. pairs_[i])
    end
  end
end

many('HSET', prefix .. 'seen', delta.seen)
for minute, fields in pairs(delta.minutes) do
  add(prefix .. 'm:' .. minute, fields)
  redis.call('ZADD', prefix .. 'touched', position, minute)
end
local seconds_from = tonumber(state[3] or '0')
for minute, fields in pairs(delta.seconds) do
  if tonumber(minute) >= seconds_from then add(prefix .. 's:' .. minute, fields) end
end
local pending = prefix .. 'pending'
for i = 1, #delta.pending, 2 do
  if redis.call('HINCRBY', pending, delta.pending[i], delta.pending[i + 1]) == 0 then
    redis.call('HDEL', pending, delta.pending[i])
  end
end
many('HSET', prefix .. 'orders', delta.orders)
many('ZREM', prefix .. 'closed', delta.open)
many('ZADD', prefix .. 'closed', delta.closed)
for dimension, keys in pairs(delta.keys) do many('SADD', prefix .. 'keys:' .. dimension, keys) end
for hour, buyers in pairs(delta.buyers) do many('PFADD', prefix .. 'b:' .. hour, buyers) end

-- Orders closed long enough ago are forgotten; readers treat them so before this gets to them.
local horizon = string.format('(%.0f', tonumber(watermark) - REMEMBER_CLOSED_MS)
local old = redis.call('ZRANGEBYSCORE', prefix .. 'closed', '-inf', horizon, 'LIMIT', 0, CHUNK)
many('HDEL', prefix .. 'orders', old)
many('ZREM', prefix .. 'closed', old)

redis.call('HSET', head, 'position', position, 'watermark', watermark)
redis.call('HDEL', head, 'dirty')
return 'ok'
