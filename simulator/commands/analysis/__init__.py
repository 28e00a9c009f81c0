"""Commands that read sound and text: transcribe, analyze, score, calibrate."""
