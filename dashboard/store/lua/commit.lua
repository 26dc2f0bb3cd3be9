-- Makes one run of batches part of a generation's figures: everything or nothing, once.
--
-- ARGV: prefix ("gmv:{7}:<generation>:"), key of the pointer to the live generation, generation,
--       "live" or "shadow", position and token expected, new position, new token, watermark in ms,
--       events counted anew, their ids, the rest as MessagePack
-- Returns "ok"; "moved" where another worker was faster, or the generation is no longer the live
-- one, or Redis is not as it was read; "dirty" where a commit broke off half-way, which only a
-- rebuild can mend. What is written are whole rows, worked out from what was read at the token.
--
-- Keys below the prefix:
--   head       hash  position, token, blobs, events, watermark, seconds_from (minute), dirty
--   ids        list  a blob a commit: its token, then 20 bytes an event (digest, check of the body)
--   m:<minute> hash  row -> figures, as `core/rows.py` says: of what frames tell
--   d:<minute> hash  the same of what they do not: merchants
--   s:<minute> hash  second -> gross refunds payments
--   touched    zset  minute -> ledger position of its last change
--   orders     hash  16-byte digest of an order -> minute in which it closed, 4 bytes, 0 while it
--                    is open; then its state, MessagePack
--   closed:<minute> list  a blob a commit: the digests of orders that closed in that minute
--   closing    zset  the minutes for which there is such a list
--   pending    hash  second of submission -> open orders
--   keys:<dimension> list, in the order they were met; b:<hour> HyperLogLog of buyers
local prefix, pointer, generation, mode = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local position, token, watermark = ARGV[7], ARGV[8], ARGV[9]
local REMEMBER_CLOSED_MS = 15 * 60000
local CHUNK = 4000 -- arguments a call: Lua's stack holds 8,000

if mode == 'live' and redis.call('GET', pointer) ~= generation then return 'moved' end
local head = prefix .. 'head'
local state = redis.call('HMGET', head, 'position', 'token', 'dirty')
if state[3] then return 'dirty' end
if (state[1] or '0') ~= ARGV[5] or (state[2] or '') ~= ARGV[6] then return 'moved' end
redis.call('HSET', head, 'dirty', '1')

local change = cmsgpack.unpack(ARGV[12])

local function many(command, key, list)
  for from = 1, #list, CHUNK do
    redis.call(command, key, unpack(list, from, math.min(from + CHUNK - 1, #list)))
  end
end

redis.call('RPUSH', prefix .. 'ids', token .. ARGV[11])
for key, rows in pairs(change.rows) do many('HSET', prefix .. key, rows) end
many('HDEL', prefix .. 'pending', change.settled)
many('ZADD', prefix .. 'touched', change.touched)
many('HSET', prefix .. 'orders', change.orders)
for minute, digests in pairs(change.closed) do
  redis.call('RPUSH', prefix .. 'closed:' .. minute, digests)
  redis.call('ZADD', prefix .. 'closing', minute, minute)
end
for dimension, keys in pairs(change.keys) do many('RPUSH', prefix .. 'keys:' .. dimension, keys) end
for hour, buyers in pairs(change.buyers) do many('PFADD', prefix .. 'b:' .. hour, buyers) end

-- Orders closed long enough ago are forgotten; readers treat them so before this gets to them. One
-- that closed again since stands in a later list too.
local function forget(minute, digests)
  local names, old = {}, {}
  for at = 1, #digests, 16 do names[#names + 1] = string.sub(digests, at, at + 15) end
  local closed = struct.pack('>I4', minute)
  for from = 1, #names, CHUNK do
    local some = {unpack(names, from, math.min(from + CHUNK - 1, #names))}
    for i, order in ipairs(redis.call('HMGET', prefix .. 'orders', unpack(some))) do
      if order and string.sub(order, 1, 4) == closed then old[#old + 1] = some[i] end
    end
  end
  many('HDEL', prefix .. 'orders', old)
  return #names
end

local horizon = math.floor((tonumber(watermark) - REMEMBER_CLOSED_MS) / 60000) - 1
-- Twice as many as were named now, so that they never grow into one long pause.
local room = math.max(CHUNK, #change.orders)
while room > 0 do
  local minute = redis.call('ZRANGEBYSCORE', prefix .. 'closing', '-inf', horizon, 'LIMIT', 0, 1)[1]
  if not minute then break end
  local digests = redis.call('LPOP', prefix .. 'closed:' .. minute)
  if digests then room = room - forget(tonumber(minute), digests)
  else redis.call('ZREM', prefix .. 'closing', minute) end
end

redis.call('HSET', head, 'position', position, 'token', token, 'watermark', watermark)
redis.call('HINCRBY', head, 'blobs', 1)
redis.call('HINCRBY', head, 'events', ARGV[10])
redis.call('HDEL', head, 'dirty')
return 'ok'
