"""The files a school hands in (pupils, nominations, participation, answers): bytes in, values out, no database."""
