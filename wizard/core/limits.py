"""How long things may take and how long is waited between two tries, in seconds. Whoever goes by them reads them here
each time: tests that are not about time set shorter ones."""

# One call: to connect, and for the whole reply, from the last byte sent. Hurried: while the window closes.
CONNECT, READ = 3.0, 10.0
CONNECT_HURRIED, READ_HURRIED = 2.0, 4.0

# A read that is repeated: all tries together. Quick: the caller repeats it anyway.
REPEATED_READ, REPEATED_READ_QUICK, REPEATED_READ_HURRIED = 15.0, 11.0, 6.0

# Between two tries of a read: after an error of the server (Graph API, error handling: from 1 second), where the way
# there failed, and between batches. Each further try waits twice as long, up to the longest.
PAUSE_AFTER_ERROR, PAUSE_ON_THE_WAY, PAUSE_OF_BATCHES, LONGEST_PAUSE = 1.0, 0.3, 0.5, 4.0

# A settings API is read after it was written; some servers show a change only after a while.
READ_BACK_PAUSES = (0.0, 0.5, 1.5)

# The window is left or the terminal interrupted during a test: then its entry in the journal stays open.
RESTORE_ON_EXIT = 15.0
RESTORE_ON_PAGE = RESTORE_ON_EXIT - 2.0  # the page says what came of it before the window goes
# Between the looks for a pass that was on its way then: ours, or the bot's, which may take so long after the message.
IN_FLIGHT, BOT_REACTS = (2.0,), (2.0, 3.0)

# Work that runs while the window closes is abandoned then, not joined: a window reacts within a second.
JOBS_ON_EXIT = 0.5

# A log-in in the browser: the listener is there that long; other ways are offered after a while.
LOG_IN, LOG_IN_OTHERWISE = 600.0, 60.0
CODE_LOOKS = (1.0, 60.0)  # least and most between two questions whether a code was typed; Facebook says how long

# What a person or a bot does on Messenger.
MESSAGE = 120.0  # a part of the test waits for a message or for the bot; a choice from the list is offered then
NEAR_MISS = 30.0  # before, a message that is nearly the wanted one may still be followed by it: then it is asked about
SLOW_BOT = 20.0  # before, a bot that does not react is not called silent: then the tester is offered to end the wait
SILENCE = 15.0  # after the tester's message the bot is watched that long: it answers within a few seconds
SEARCH = 300.0  # looking for a conversation or an app stops, and goes on when the person says so
FIRST_LOOK, LONGEST_LOOK = 2.0, 5.0  # between two looks for any of it: often at first, then less so

# What a change of control comes to. Before each reading after a pass, and once more where the bot still has it; before
# each further try to take control; between readings at the end, the first of which may still show what was before;
# before a change is repeated whose answer was lost.
ARRIVAL, ARRIVAL_LATE = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.5, 4.0), 5.0
TAKE_AGAIN = (1.0, 2.0, 4.0, 8.0)
IS_BACK = (0.5, 1.5)
STANDS_STILL = 3.0  # control that moved less long ago may be moving in another test: it is read again then
CHANGE_AGAIN = 1.0

# The practice world: to start, to say that it is there, and for its owner to click through several pages.
PRACTICE_START, PRACTICE_ALIVE, PRACTICE_OWNER = 20.0, 2.0, 60.0

# The system's password store: to answer, and where it asks the person to unlock it; then it is left in peace a while.
KEYRING, KEYRING_UNLOCKED, KEYRING_PAUSE = 5.0, 120.0, 60.0
