"""The support plan (OPP): written in parts, the pupil heard, agreed upon by everybody with a say, looked at again every year."""
