# One service: docker build -f deploy/docker/service.Dockerfile --build-arg SERVICE=matching .
# Holds its locked packages, the shared parts and the service itself; no tests, no other service.
FROM python:3.13.7-slim-bookworm AS python

FROM python AS build
ENV UV_NO_CACHE=1 UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=/opt/doorpakken
RUN pip install --no-cache-dir uv==0.13.9 && uv venv "$VIRTUAL_ENV"
WORKDIR /source
ARG SERVICE
COPY services/${SERVICE}/requirements.lock ./
RUN uv pip sync --require-hashes requirements.lock
COPY shared shared
COPY services/${SERVICE} service
RUN uv pip install --no-deps --no-sources ./shared/events ./shared/plumbing ./shared/pages ./service

FROM python
RUN useradd --uid 10001 --user-group --no-create-home doorpakken \
    && install -d -o doorpakken -g doorpakken -m 700 /data
COPY --from=build /opt/doorpakken /opt/doorpakken
ARG SERVICE
ENV PATH=/opt/doorpakken/bin:$PATH PACKAGE=doorpakken_${SERVICE} \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --start-interval=2s \
    CMD ["python", "-c", "import http.client as http; door = http.HTTPConnection('127.0.0.1', 8000, timeout=4); door.request('GET', '/readyz'); raise SystemExit(door.getresponse().status != 200)"]
# `exec`, so that SIGTERM reaches the service.
CMD ["sh", "-c", "exec python -m \"$PACKAGE\""]
