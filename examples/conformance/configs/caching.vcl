vcl 4.1;

backend default { .host = "127.0.0.1"; .port = "@origin@"; }

# The origin says `no-cache`; this is to show a cache that has something.
sub vcl_backend_response {
    set beresp.http.Cache-Control = "max-age=600";
    set beresp.ttl = 600s;
    return (deliver);
}
