"""What people paste: an error of Facebook, and what nobody should have pasted with it."""

BODY = {
    "error": {
        "message": "(#10) Message failed to send because another app is controlling this thread now.",
        "type": "OAuthException",
        "code": 10,
        "error_subcode": 2018300,
        "fbtrace_id": "Avs8o4VvHNJZo04PY2ZGdAp",
    }
}
TOKEN = "EAAGm0PX4ZCpsBAKZAbcdEFGh1234567890ijklmnopQRSTuvwxYZ"
PSID = "7412589630147852"
