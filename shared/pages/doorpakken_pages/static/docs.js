"use strict";

SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#api",
  deepLinking: true,
  filter: true,
  // With more than a hundred paths open at once Swagger UI leaves out all but the first.
  docExpansion: "none",
});
