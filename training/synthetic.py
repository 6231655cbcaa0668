def pictures(r,s): raise SystemExit('x')
