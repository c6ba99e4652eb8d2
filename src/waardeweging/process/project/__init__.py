"""The process around the evenings: kaders, rules, proposals, people, agreements."""
