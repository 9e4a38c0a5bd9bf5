// Dies before it says anything.
throw new Error('nothing works');
