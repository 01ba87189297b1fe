from django.http import Http404


def page(request):
    raise Http404("No such page")  #= 404 "No such page" form=Page
    raise Http404  #= framework's own
