// TODO: set the key greeting to hello, and print the reply with redis.print
