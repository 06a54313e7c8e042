package main

import (
    "log"
    "net/http"
    "os"
)

func main() {
    files := http.FileServer(http.Dir("@folder@/files"))
    tag := os.Args[1]
    handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
        if tag != "" {
            w.Header().Set("ETag", tag)
        }
        files.ServeHTTP(w, r)
    })
    log.Fatal(http.ListenAndServe("127.0.0.1:@port@", handler))
}
