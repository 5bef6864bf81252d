"""Time in Terreau, without Django: imprecise dates, periods, and how both are said in words."""
