-- Ends a generation before its keys are deleted: without its head nobody can count into it.
--
-- ARGV: key of the pointer to the live generation, the generation, key of its head
-- Returns 1, or 0 where it is the live one: nothing changed.
if redis.call('GET', ARGV[1]) == ARGV[2] then return 0 end
redis.call('DEL', ARGV[3])
return 1
