throw new RangeError('the module does not load');
