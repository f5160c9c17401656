"""What others read instead of our code: AsyncAPI, JSON Schemas, examples and the catalogue's page.
All of it is written from the models by `make contracts`; nothing there is edited by hand."""
